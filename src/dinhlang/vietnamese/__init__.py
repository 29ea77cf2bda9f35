"""The written language: Unicode, tones, order, numbers, money, dates, old encodings. Pure.

Every ``find_*`` returns its matches in order, none overlapping, with ``start`` and ``end`` as
character offsets into the text it was given. Texts are expected in NFC: ``nfc`` at the edge.
"""

from dinhlang.vietnamese.collation import sort_key
from dinhlang.vietnamese.dates import (
    DateMatch,
    find_dates,
    format_date,
    format_long_date,
    parse_weekday,
    quarter_of,
)
from dinhlang.vietnamese.due import DueMatch, find_due
from dinhlang.vietnamese.frequencies import FrequencyMatch, find_frequencies
from dinhlang.vietnamese.legacy import convert_legacy, decode, detect_legacy, encode_legacy
from dinhlang.vietnamese.money import Amount, find_amounts, format_money, parse_money
from dinhlang.vietnamese.number_words import number_words, parse_words
from dinhlang.vietnamese.numbers import (
    NumberMatch,
    find_numbers,
    format_number,
    parse_fraction,
    parse_number,
    roman,
    to_roman,
)
from dinhlang.vietnamese.periods import PeriodMatch, find_periods
from dinhlang.vietnamese.syllables import is_syllable
from dinhlang.vietnamese.tones import new_tone, old_tone, tone_key
from dinhlang.vietnamese.unicode import clean_spaces, fold, fold_map, is_nfc, nfc

__all__ = [
    "Amount",
    "DateMatch",
    "DueMatch",
    "FrequencyMatch",
    "NumberMatch",
    "PeriodMatch",
    "clean_spaces",
    "convert_legacy",
    "decode",
    "detect_legacy",
    "encode_legacy",
    "find_amounts",
    "find_dates",
    "find_due",
    "find_frequencies",
    "find_numbers",
    "find_periods",
    "fold",
    "fold_map",
    "format_date",
    "format_long_date",
    "format_money",
    "format_number",
    "is_nfc",
    "is_syllable",
    "new_tone",
    "nfc",
    "number_words",
    "old_tone",
    "parse_fraction",
    "parse_money",
    "parse_number",
    "parse_weekday",
    "parse_words",
    "quarter_of",
    "roman",
    "sort_key",
    "to_roman",
    "tone_key",
]
