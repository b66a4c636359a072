"""All settings, from the environment (COMMUNIQUE_…), a `communique.toml` in the working folder, or these defaults."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from platformdirs import user_data_path
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from assistant.types import AssistantError


class Settings(BaseSettings):
    """What can be set. An unknown key in the file is refused."""

    model_config = SettingsConfigDict(
        env_prefix="COMMUNIQUE_", toml_file="communique.toml", extra="forbid", frozen=True, env_ignore_empty=True
    )

    home: Path = Field(default_factory=lambda: user_data_path("communique"), description="where the index is kept")
    chroma: str = Field("", pattern=r"^(https?://\S+)?$", description="a Chroma server's URL; empty: in a folder")
    embedding_model: str = Field(
        "all-MiniLM-L6-v2", min_length=1, description="a sentence-transformers model or folder"
    )
    passage_words: int = Field(120, ge=20, le=400, description="the longest passage, in words")
    llm: str = Field("auto", description="auto, none, embedded, or the URL of an OpenAI-compatible server")
    draft: Literal["auto", "quote", "write"] = "auto"
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
        return (init_settings, env_settings, TomlConfigSettingsSource(settings_cls))

    @property
    def index_folder(self) -> Path:
        """Where the index is kept."""
        return self.home.expanduser() / "index"


def load_settings(**given: object) -> Settings:
    """The settings, with those given here (None counts as not given) winning over all others.

    Raises:
        AssistantError: a value is out of bounds or a key unknown.
    """
    try:
        return Settings(**{key: value for key, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}" for problem in error.errors())
        raise AssistantError(f"settings: {problems}") from error
    except ValueError as error:  # a communique.toml that is not TOML
        raise AssistantError(f"communique.toml: {error}") from error
