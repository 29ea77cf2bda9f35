"""The shape of a Vietnamese syllable: onset, rhyme and tone."""

from __future__ import annotations

import re
import unicodedata

NGANG, HUYEN, HOI, NGA, SAC, NANG = range(6)

_MARKS = {"\u0300": HUYEN, "\u0309": HOI, "\u0303": NGA, "\u0301": SAC, "\u0323": NANG}

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
ONSETS = frozenset(["", *_ONSETS.split()])

_RHYMES = """
a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu êng
i ia ich im in inh ip it iu iê iêc iêm iên iêng iêp iêt iêu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet
oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ uơt up ut uy uya uych uynh uyp uyt uyu
uyên uyêt uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
y yên yêm yêt yêu yêng ynh
"""
RHYMES = frozenset(_RHYMES.split())

_STOPPED_RE = re.compile(r"(?:c|ch|p|t)\Z")
_LETTERS_RE = re.compile(r"[a-zđăâêôơư]{1,7}\Z")


def split_tone(letter: str) -> tuple[str, int]:
    """A letter without its tone mark, and the tone (0 ngang … 5 nặng). ``ế`` → ``ê``, 4."""
    tone = NGANG
    kept = []
    for char in unicodedata.normalize("NFD", letter):
        if char in _MARKS:
            tone = _MARKS[char]
        else:
            kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept)), tone


def is_syllable(word: str) -> bool:
    """Whether a word has the shape of a Vietnamese syllable, in any case and either placement.

    The shape only: ``hoằng`` and ``quyếch`` may both pass. Syllables closed by a stop
    (-c, -ch, -p, -t) must bear sắc or nặng.
    """
    bare: list[str] = []
    tones: list[int] = []
    for char in word.lower():
        letter, tone = split_tone(char)
        bare.append(letter)
        if tone:
            tones.append(tone)
    plain = "".join(bare)
    if len(tones) > 1 or not _LETTERS_RE.match(plain) or not _fits(plain):
        return False
    return not _STOPPED_RE.search(plain) or bool(tones and tones[0] in (SAC, NANG))


def _fits(plain: str) -> bool:
    """Whether some split of the toneless letters is an onset and a rhyme."""
    if plain in ("gi", "quy", "quyên", "quyêt", "giêng", "giêt", "giêc"):
        return True
    return any(
        plain[:size] in ONSETS and plain[size:] in RHYMES for size in range(min(4, len(plain)))
    )
