"""Files in an encoding that nothing names: read where it can be told, else refused; never turned into other letters."""

from __future__ import annotations

import pytest

from corpus.readers.decoding import decoded
from corpus.types import CorpusError, Refusal

RUSSIAN = "Совет портов решает, как освещать гавань. Каждый маяк стоит на пирсе.\n"
POLISH = "Rada portu ustala, jak będą oświetlone wejścia. Każda łódź płaci opłatę w dniu zawinięcia.\n"
CZECH = "Rada přístavu určuje, jak bude vjezd osvětlen. Kůň a každá loď platí poplatek při příjezdu.\n"
HUNGARIAN = "A kikötői tanács dönti el, hogyan világítják meg a bejáratot. Minden hajó a kikötés előtt fizet.\n"
TURKISH = "Liman kurulu girişin nasıl aydınlatılacağını belirler. Her gemi yanaştığı gün ücret öder.\n"
LATVIAN = "Ostas valde nosaka, kā šogad tiek apgaismota šī ieeja. Katrs kuģis maksā nodevu, kad tas šurp pienāk.\n"
LITHUANIAN = "Uosto taryba nusprendžia, kaip šviečia įplaukimo žibintai. Už kiekvieną laivą mokama tų dienų kaina.\n"
SLOVENE = "Pristaniški svet določi, kako se osvetli vhod. Vsaka daljša ladja plača večje takse.\n"
GREEK = "Το συμβούλιο του λιμένα αποφασίζει πώς φωτίζεται η είσοδος.\n"
KOREAN = "항만위원회는 항구의 조명을 정한다. 모든 배는 정박하는 날 요금을 낸다.\n"
CHINESE = "港务委员会决定港口如何照明。每艘船在靠泊当天支付费用，救生艇不付费。\n"
FRENCH = "Le Conseil décide de l’éclairage du port : « où » et cœur. L’ÉTÉ, chaque phare est allumé.\n"
JAPANESE = "港の灯台は理事会が管理する。船は停泊した日に料金を払う。\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (POLISH, "cp1250"),
        (CZECH, "cp1250"),
        (HUNGARIAN, "cp1250"),
        (SLOVENE, "cp1250"),
        (TURKISH, "cp1254"),
        (LATVIAN, "cp1257"),
        (LITHUANIAN, "cp1257"),
        (GREEK, "cp1253"),
        (KOREAN, "euc_kr"),
        (CHINESE, "gbk"),
        (FRENCH, "mac_roman"),
        (FRENCH.replace("’", "'").replace("œ", "oe"), "cp850"),
        ("The Board’s plan is “final” – each pier carries a light.\n", "mac_roman"),
    ],
)
def test_a_text_in_another_code_page_is_refused_and_not_turned_into_other_letters(text: str, encoding: str) -> None:
    with pytest.raises(CorpusError, match="save it as UTF-8") as refused:
        decoded((text * 5).encode(encoding))

    assert refused.value.why is Refusal.ENCODING


def test_utf_8_with_a_byte_that_is_none_is_refused_and_not_read_as_pairs_of_letters() -> None:
    with pytest.raises(CorpusError):
        decoded("The Board’s plan: each café pays £5.\n".encode() + b"caf\xe9\n")


@pytest.mark.parametrize(
    "text",
    [
        FRENCH,
        "Der Hafenrat beschließt, wie die Einfahrt beleuchtet wird. Für Schiffe gelten Gebühren, § 3. ÄNDERUNGEN\n",
        "El Consejo decide cómo se ilumina el puerto. ¿Quién paga? Los barcos, el año próximo; nº 5.\n",
        "O Conselho decide a iluminação. As embarcações põem luzes e não pagam à noite; são isentas.\n",
        "Havnerådet beslutter, hvordan indløbet belyses. Både over tolv meter betaler afgift på dagen; ø.\n",
        "Hafnarráðið ákveður hvernig innsiglingin er lýst. Þau skip sem eru lengri greiða gjöld.\n",
        "Il Consiglio decide perché così è più sicuro; già dall’anno prossimo la città pagherà metà.\n",
        "Delegates: José Núñez, Björn Åström, François Lefèvre, Søren Kjær. They met on the pier.\n",
        "Store below 5 °C; use 3 m³/h at most, ±10 %. IR£m 5. © Board, µg/m³.\n",
    ],
)
def test_a_western_text_is_read(text: str) -> None:
    assert decoded((text * 5).encode("cp1252")) == text * 5


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp", "iso2022_jp"])
def test_a_japanese_text_is_read(encoding: str) -> None:
    assert decoded((JAPANESE * 5).encode(encoding)) == JAPANESE * 5


def test_a_name_in_a_japanese_encoding_needs_no_kana() -> None:
    text = "The Ministry of 経済産業省 and the office in 東京 met on the pier.\n"

    assert decoded(text.encode("cp932")) == text
