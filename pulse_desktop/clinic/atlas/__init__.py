"""Reference data: the body figure, acupoints, cup sites, contraindications, aftercare texts, vocabularies.

Here belongs what is true of every clinic and has a source. What is true of one patient or one visit never belongs here.
Files lie in `resources/reference` and `resources/figure`, made by `tools/make_reference.py`; they are read when first
asked for. Everything here is a frozen value or a pure function.
"""

from pulse_desktop.clinic.atlas.aftercare import AftercareLine, aftercare_lines, all_aftercare_lines
from pulse_desktop.clinic.atlas.billable import CodeTable, code_table
from pulse_desktop.clinic.atlas.body_figure import (
    CANVAS,
    TORSO,
    VIEWS,
    Contour,
    Figure,
    Region,
    figure,
    region_at,
    regions_along,
    same_skin,
)
from pulse_desktop.clinic.atlas.body_map import shapes
from pulse_desktop.clinic.atlas.body_picture import (
    PRINT,
    PRINT_SMALL,
    SCREEN,
    THUMBNAIL,
    AreaMark,
    BarredRegion,
    BodyPicture,
    CupMark,
    CurrentMark,
    FadingMark,
    HandMark,
    Mark,
    MovingCup,
    MoxaMark,
    NeedleMark,
    PictureStyle,
    StrokeMark,
)
from pulse_desktop.clinic.atlas.diagnoses import (
    MOST_CODES,
    Diagnosis,
    diagnoses,
    find_diagnoses,
    find_diagnosis,
    more_precise,
)
from pulse_desktop.clinic.atlas.drawing import Drawn, Path, Rect, Shape, Text
from pulse_desktop.clinic.atlas.hits import Hit, hit, outside
from pulse_desktop.clinic.atlas.marks import MarkGrade, fading_days, mark_grades
from pulse_desktop.clinic.atlas.measures import Measure, Threshold, measures, recommended
from pulse_desktop.clinic.atlas.needle_places import needle_marks
from pulse_desktop.clinic.atlas.points import Acupoint, acupoints, find_acupoint, parse_needle
from pulse_desktop.clinic.atlas.reading import APPROVAL_AWAITED, ATLAS_VERSION, LANGUAGES, Words
from pulse_desktop.clinic.atlas.safety import (
    ActiveCondition,
    Finding,
    active_on,
    barred_regions,
    every_finding,
    worst_grade,
)
from pulse_desktop.clinic.atlas.screening import CUPPING, TECHNIQUES, Condition, conditions
from pulse_desktop.clinic.atlas.sites import (
    LONGEST_MINUTES,
    WARN_MINUTES,
    CupSite,
    cup_sites,
    mirrored,
    nearest_site,
    site,
    sites_on,
)
from pulse_desktop.clinic.atlas.source_list import Source, sources
from pulse_desktop.clinic.atlas.vocabularies import Term, term, vocabulary, vocabulary_names
from pulse_desktop.clinic.atlas.wording import explained, phrase, phrases, plural, plural_keys, translations, word

__all__ = [
    "APPROVAL_AWAITED", "ATLAS_VERSION", "CANVAS", "CUPPING", "LANGUAGES", "LONGEST_MINUTES", "MOST_CODES", "PRINT", "PRINT_SMALL",
    "SCREEN", "TECHNIQUES", "THUMBNAIL", "TORSO", "VIEWS", "WARN_MINUTES", "ActiveCondition", "Acupoint", "AftercareLine", "AreaMark",
    "BarredRegion", "BodyPicture", "CodeTable", "Condition", "Contour", "CupMark", "CupSite", "CurrentMark", "Diagnosis", "Drawn",
    "FadingMark", "Figure", "Finding", "HandMark", "Hit", "Mark", "MarkGrade", "Measure", "MovingCup", "MoxaMark", "NeedleMark", "Path",
    "PictureStyle", "Rect", "Region", "Shape", "Source", "StrokeMark", "Term", "Text", "Threshold", "Words", "active_on", "acupoints",
    "aftercare_lines", "all_aftercare_lines", "barred_regions", "code_table", "conditions", "cup_sites", "diagnoses", "every_finding",
    "explained", "fading_days", "figure", "find_acupoint", "find_diagnoses", "find_diagnosis", "hit", "mark_grades",
    "measures", "mirrored", "more_precise", "nearest_site", "needle_marks", "outside", "parse_needle", "phrase", "phrases", "plural",
    "plural_keys", "recommended", "region_at", "regions_along", "same_skin", "shapes",
    "site", "sites_on", "sources", "term", "translations", "vocabulary", "vocabulary_names", "word", "worst_grade",
]  # fmt: skip
