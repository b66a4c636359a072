"""All settings, from the environment (COMMUNIQUE_…), a `communique.toml` in the working folder, or these defaults."""

from __future__ import annotations

from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from assistant.types import AssistantError

_WRITER_FORMS = "embedded, the URL of an OpenAI-compatible server (http://… or https://…), or the path of a .gguf file"
_LLM_FORMS = f"auto, none, {_WRITER_FORMS}"
_KEYS = ("llm_key", "writer_key")


class Settings(BaseSettings):
    """What can be set. An unknown key in the file is refused."""

    model_config = SettingsConfigDict(
        env_prefix="COMMUNIQUE_",
        toml_file="communique.toml",
        extra="forbid",
        frozen=True,
        env_ignore_empty=True,
        hide_input_in_errors=True,  # it may be the key
    )

    home: Path = Field(
        default_factory=lambda: user_data_path("communique"), description="where the index and the models are kept"
    )
    chroma: str = Field("", pattern=r"^(https?://\S+)?$", description="a Chroma server's URL; empty: in a folder")
    ray: str = Field("", pattern=r"^\S*$", description="a Ray cluster's address; empty: one is started on this machine")
    embedding_model: str = Field(
        "all-MiniLM-L6-v2", min_length=1, description="a sentence-transformers model or folder"
    )
    passage_words: int = Field(120, ge=20, le=400, description="the longest passage, in words")
    file_megabytes: int = Field(100, ge=1, le=4096, description="the largest file that is read, in megabytes")
    expanded_megabytes: int = Field(500, ge=1, le=65536, description="how large a zipped format may be when unzipped")
    pages: int = Field(2000, ge=1, le=100_000, description="the longest PDF that is read, in pages")
    reading_seconds: int = Field(300, ge=1, le=86_400, description="how long reading one file may take, in seconds")
    llm: str = Field("auto", description=_LLM_FORMS)
    llm_model: str = Field("default", min_length=1, description="the model's name at that server")
    llm_key: SecretStr = Field(
        SecretStr(""), exclude=True, repr=False, description="that server's key; COMMUNIQUE_LLM_KEY only, never a file"
    )
    llm_timeout: float = Field(30, ge=1, le=600, description="how long that server may take to reply, in seconds")
    llm_engine: Literal["auto", "int8", "llama.cpp"] = Field(
        "auto",
        description="what runs the embedded model: llama.cpp, or PyTorch in eight bits; auto: what is faster here",
    )
    llm_threads: int = Field(0, ge=0, le=256, description="how many threads an LLM in the process uses; 0: one a core")
    llm_memory: int = Field(512, ge=0, le=65536, description="megabytes of memory for the passages it has read")
    llm_disk: int = Field(1024, ge=0, le=1_048_576, description="megabytes on disk for the same, kept between starts")
    draft: Literal["auto", "quote", "write"] = Field(
        "auto", description="quote the text, or write from it with a language model; auto: quote"
    )
    writer: str = Field("", description=f"the language model that writes, if not `llm`: {_WRITER_FORMS}")
    writer_model: str = Field("default", min_length=1, description="the model's name, if that is a server")
    writer_key: SecretStr = Field(
        SecretStr(""), exclude=True, repr=False, description="its key; COMMUNIQUE_WRITER_KEY only, never a file"
    )
    uploads: bool = Field(True, description="whether readers of the chat page can add documents")
    question_limit: int = Field(2000, ge=50, description="the longest question, in characters")
    host: str = Field("127.0.0.1", description="the address the chat page listens at")
    port: int = Field(7860, ge=0, le=65535, description="its port; the next free one if taken")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments win over the environment, and that over the file."""
        file = TomlConfigSettingsSource(settings_cls)
        for key in _KEYS:
            if key in file.toml_data:
                raise ValueError(
                    f"{key}: a key is not kept in a file; take it out and set COMMUNIQUE_{key.upper()} instead"
                )
        return (init_settings, env_settings, file)

    @field_validator("llm")
    @classmethod
    def _llm_is_of_a_known_form(cls, llm: str) -> str:
        return llm if llm in {"auto", "none"} else _checked_llm(llm, _LLM_FORMS)

    @field_validator("writer")
    @classmethod
    def _writer_is_of_a_known_form(cls, writer: str) -> str:
        return writer and _checked_llm(writer, _WRITER_FORMS)

    @field_validator(*_KEYS)
    @classmethod
    def _key_can_be_sent(cls, key: SecretStr) -> SecretStr:
        text = key.get_secret_value().strip()  # a key read from a file ends in a line break
        if not (text.isascii() and text.isprintable()):
            raise ValueError("a key is one line of ASCII characters")
        return SecretStr(text)

    @property
    def index_folder(self) -> Path:
        """Where the index is kept."""
        return self.home.expanduser() / "index"

    @property
    def models_folder(self) -> Path:
        """Where the model files are kept."""
        return self.home.expanduser() / "models"

    @property
    def states_folder(self) -> Path:
        """Where what an LLM in the process has read of passages is kept between starts."""
        return self.home.expanduser() / "states"

    @property
    def most_file_bytes(self) -> int:
        """`file_megabytes` in bytes."""
        return self.file_megabytes * 1024 * 1024

    @property
    def uploads_folder(self) -> Path:
        """Where documents added from the chat page are kept."""
        return self.home.expanduser() / "documents"

    @property
    def feedback_file(self) -> Path:
        """Where what readers say of answers is kept."""
        return self.home.expanduser() / "feedback.jsonl"

    @property
    def for_writing(self) -> Settings:
        """The same with the model that writes as `llm`, where another than the one that reads is to."""
        given = {"llm": self.writer, "llm_model": self.writer_model, "llm_key": self.writer_key}
        return self.model_copy(update=given) if self.writer else self

    @property
    def llm_url(self) -> str:
        """The server's URL, if `llm` is one, else empty."""
        return self.llm if _is_url(self.llm) else ""

    @property
    def llm_file(self) -> Path | None:
        """The GGUF file, if `llm` is the path of one."""
        return Path(self.llm).expanduser() if _is_path(self.llm) else None


def load_settings(**given: object) -> Settings:
    """The settings, with those given here (None counts as not given) winning over all others.

    Raises:
        AssistantError: a value is out of bounds or a key unknown.
    """
    try:
        return Settings(**{key: value for key, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(map(str, problem['loc']))}: {problem['msg'].removeprefix('Value error, ')}"
            for problem in error.errors()
        )
        raise AssistantError(f"settings: {problems}") from error
    except ValueError as error:  # a communique.toml that is not TOML
        raise AssistantError(f"communique.toml: {error}") from error


def _checked_llm(llm: str, forms: str) -> str:
    # What was given is not said back: someone may have pasted a key.
    if _is_url(llm):
        _check_url(llm)
    elif llm != "embedded" and not _is_path(llm):
        raise ValueError(f"it must be {forms}")
    return llm


def _is_url(llm: str) -> bool:
    return llm.startswith(("http://", "https://"))


def _is_path(llm: str) -> bool:
    """Whether it can only be meant as a file: Ollama, for one, keeps its GGUF files without the ending."""
    return "://" not in llm and (llm.casefold().endswith(".gguf") or "/" in llm)


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        whole = bool(parts.hostname) and parts.port != 0
    except ValueError:
        whole = False
    if not whole or any(letter.isspace() for letter in url):
        raise ValueError("not the URL of a server")
    if parts.username is not None or parts.query or parts.fragment:
        # A run's saved settings and every error name the URL.
        raise ValueError("the URL holds more than a place; a key belongs in COMMUNIQUE_LLM_KEY")
