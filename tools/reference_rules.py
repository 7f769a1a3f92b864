"""Decided for this program, in no source file: read by `make_reference.py`.

Each list says where it comes from; source keys are those of `resources/reference/sources.json`.
"""

from __future__ import annotations

from collections.abc import Mapping

CUPPING = ["dry_cupping", "fire_cupping", "wet_cupping"]


def both(*stems: str) -> list[str]:
    """Region keys of both sides."""
    return [f"{stem}_{side}" for stem in stems for side in "lr"]


# Never under a cup, whoever the patient is (C6, C12, C18, C26, A8: eyes, ears, mouth, nose; front and side of the neck;
# navel; genitals and groin vessels; back of the knee; inner elbow vessels). Needling there is a trained hand's matter.
NEVER_CUPPED = {
    "large_vessel": both("popliteal", "popliteal_lateral", "groin", "elbow_anterior"),
    "umbilicus_nipple_genital": ["head_anterior", "umbilical", "pubic", *both("face")],
    "carotid_front_neck": ["neck_anterior", *both("neck_lateral")],
}

# "If treated: nothing on belly, low back or sacrum" (C16, A11).
BARRED_IN_PREGNANCY = [
    "lumbar_spine", "sacrum", *both("lumbar_paraspinal", "quadratus_lumborum", "sacroiliac"),
    "epigastrium", "umbilical", "lower_abdomen", "pubic",
    *both("abdomen_upper", "abdomen_mid", "abdomen_lower", "flank_anterior"),
]  # fmt: skip

# The customary teaching set named in the data; "low-belly points" are those of the region abdomen_lower.
BARRED_POINTS = [
    "LI4",
    "SP6",
    "BL60",
    "BL67",
    "BL31",
    "BL32",
    "BL33",
    "BL34",
    "CV3",
    "CV4",
    "CV5",
    "CV6",
    "CV7",
    "GB21",
    "@abdomen_lower",
]

# A region seen from the side, and the regions of the front and back that show skin of it: what is barred on one is
# barred on the other. Front and back of the same limb are not tied to each other.
_SEEN_FROM_THE_SIDE = {
    "shoulder_lateral": ["shoulder_posterior", "shoulder_anterior"],
    "upper_arm_lateral": ["upper_arm_posterior", "upper_arm_anterior"],
    "elbow_lateral": ["elbow_posterior"],
    "forearm_lateral": ["forearm_posterior"],
    "wrist_lateral": ["wrist_posterior"],
    "hand_lateral": ["hand_posterior", "hand_anterior"],
    "chest_lateral": ["chest"],
    "upper_back_lateral": ["latissimus"],
    "ribs_lateral": ["lower_ribs_posterior", "lower_ribs"],
    "flank_lateral": ["flank", "flank_anterior"],
    "hip_front_lateral": ["hip_anterior"],
    "hip_lateral": ["gluteus_medius"],
    "gluteal_lateral": ["gluteal"],
    "anterior_thigh_lateral": ["anterior_thigh"],
    "posterior_thigh_lateral": ["posterior_thigh"],
    "knee_lateral": ["knee"],
    "popliteal_lateral": ["popliteal"],
    "shin_lateral": ["shin"],
    "calf_lateral": ["calf", "calf_lower"],
    "ankle_lateral": ["ankle", "achilles"],
    "heel_lateral": ["heel"],
    "foot_lateral": ["foot"],
    "toes_lateral": ["toes"],
    "face": ["head_anterior"],
    "head_lateral": ["head_posterior"],
}
_MIDLINE = {"head_anterior", "head_posterior"}
SAME_SKIN = {
    f"{centre}_{side}": [other if other in _MIDLINE else f"{other}_{side}" for other in others]
    for centre, others in _SEEN_FROM_THE_SIDE.items()
    for side in "lr"
}

# Other letters for the same channel, as American notes write them. Single letters that mean different channels in
# different books (P, H, C, S) are left out on purpose.
ALIASES = {
    "UB": "BL", "K": "KI", "SJ": "TE", "TH": "TE", "TW": "TE", "TB": "TE", "LV": "LR", "DU": "GV", "REN": "CV", "RN": "CV",
    "SPL": "SP", "HC": "PC", "CX": "PC",
}  # fmt: skip

# Where a needle is drawn when no cup site names its point: the figure's region for the point's region word and view.
# A region, not a location: exact locations are no part of this data. "~" is filled with the side, "|" divides the region
# of paired points from that of midline points.
NEEDLE_REGIONS = {
    "abdomen_lateral lateral": "lateral flank_lateral~",
    "abdomen_lower anterior": "anterior abdomen_lower~ | lower_abdomen",
    "abdomen_upper anterior": "anterior abdomen_upper~ | epigastrium",
    "ankle anterior": "anterior ankle~",
    "ankle lateral": "lateral ankle_lateral~",
    "ankle medial": "anterior ankle~",
    "ankle posterior": "posterior achilles~",
    "axilla anterior": "anterior chest~",
    "buttock lateral": "lateral hip_lateral~",
    "buttock posterior": "posterior gluteal~",
    "chest anterior": "anterior chest~ | sternum",
    "chest_lateral lateral": "lateral chest_lateral~",
    "elbow anterior": "anterior elbow_anterior~",
    "elbow lateral": "lateral elbow_lateral~",
    "elbow posterior": "posterior elbow_posterior~",
    "face anterior": "anterior head_anterior",
    "face internal": "anterior head_anterior",
    "face lateral": "lateral face~",
    "foot dorsum": "anterior foot~",
    "foot lateral": "lateral foot_lateral~",
    "foot medial": "anterior foot~",
    "foot sole": "anterior toes~",
    "forearm anterior": "anterior forearm_anterior~",
    "forearm lateral": "lateral forearm_lateral~",
    "forearm posterior": "posterior forearm_posterior~",
    "groin anterior": "anterior groin~",
    "hand anterior": "anterior hand_anterior~",
    "hand dorsum": "posterior hand_posterior~",
    "hand palm": "anterior hand_anterior~",
    "head anterior": "anterior head_anterior",
    "head lateral": "lateral head_lateral~",
    "head posterior": "posterior head_posterior",
    "head top": "posterior head_posterior",
    "knee anterior": "anterior knee~",
    "knee lateral": "lateral knee_lateral~",
    "knee medial": "anterior knee~",
    "knee posterior": "posterior popliteal~",
    "lower_leg anterior": "anterior shin~",
    "lower_leg lateral": "lateral peroneal~",
    "lower_leg medial": "anterior calf_medial~",
    "lower_leg posterior": "posterior calf~",
    "lumbar posterior": "posterior lumbar_paraspinal~ | lumbar_spine",
    "neck_anterior anterior": "anterior neck_anterior",
    "neck_anterior lateral": "lateral neck_lateral~",
    "neck_posterior lateral": "lateral neck_lateral~",
    "neck_posterior posterior": "posterior neck_posterior",
    "perineum perineal": "anterior pubic",
    "sacral posterior": "posterior sacroiliac~ | sacrum",
    "scapular posterior": "posterior scapula~",
    "shoulder anterior": "anterior shoulder_anterior~",
    "shoulder lateral": "lateral shoulder_lateral~",
    "shoulder posterior": "posterior shoulder_posterior~",
    "thigh anterior": "anterior anterior_thigh~",
    "thigh lateral": "lateral it_band~",
    "thigh medial": "anterior inner_thigh~",
    "thigh posterior": "posterior posterior_thigh~",
    "upper_arm anterior": "anterior upper_arm_anterior~",
    "upper_arm lateral": "lateral upper_arm_lateral~",
    "upper_arm medial": "anterior upper_arm_anterior~",
    "upper_arm posterior": "posterior upper_arm_posterior~",
    "upper_back posterior": "posterior thoracic_paraspinal~ | thoracic_spine",
    "wrist anterior": "anterior wrist_anterior~",
    "wrist posterior": "posterior wrist_posterior~",
}

# Outcome measures. What a questionnaire may say is decided by its licence (outcome_measures.json, licence_note): the
# program's own words stand here for measures that belong to nobody, or whose method may be used with one's own words.
# All others take the score as counted on the measure's own form.

_PAIN_ENDS = ("no pain", "the worst pain you can think of")
QUESTIONS: dict[str, list[list[object]]] = {
    "nrs_pain": [["Over the last 7 days, how strong was your pain on average?", *_PAIN_ENDS, 0, 10, []]],
    "vas_pain": [["A line of 100 mm: how far from its left end is your pain now?", *_PAIN_ENDS, 0, 100, []]],
    "gpe_pgic": [
        [
            "Since treatment began, how are you on the whole?", "", "", -3, 3,
            ["Very much worse", "Much worse", "A little worse", "The same", "A little better", "Much better", "Very much better"],
        ],
    ],
    "sleep_nrs": [["Over the last week, how well did you sleep?", "very badly", "very well", 0, 10, []]],
    "psfs": [["How well can you do each of them now?", "cannot do it", "as well as before", 0, 10, []]],
}  # fmt: skip
"""Question, words of its lower and upper end, its lowest and highest answer, the words of the answers in between."""

ACTIVITIES: Mapping[str, tuple[int, int]] = {"psfs": (3, 5)}
"""Measures whose question is asked of activities the patient names: how few and how many (items: "3-5 activities")."""

SHORT_NAMES: Mapping[str, str] = {
    "nrs_pain": "Pain, last 7 days", "peg3": "PEG", "psfs": "PSFS, own activities", "rmdq24": "Roland-Morris", "gpe_pgic": "Global change",
    "vas_pain": "Pain line (VAS)", "promis_pi": "PROMIS T score", "ndi": "Neck Disability", "odi": "Oswestry", "qbpds": "Quebec Back Pain",
    "quickdash": "QuickDASH", "lefs": "Lower Extremity", "mymop": "MYMOP", "sleep_nrs": "Sleep",
}  # fmt: skip

IN_TENTHS = ("peg3", "psfs", "promis_pi", "odi", "quickdash", "mymop")
"""Scores that are means, percentages or T scores, and so may have one decimal; all others are whole numbers."""

OPEN_RANGES: Mapping[str, tuple[int, int]] = {"promis_pi": (10, 90)}
"""Where the measure names no ends: a T score within four standard deviations (of 10) of its mean 50."""

CREDITS: Mapping[str, str] = {"psfs": "Method: Stratford 1995", "peg3": "Krebs 2009"}
"""Whom the licence asks to name (licence_note)."""

LEVELS = ("gpe_pgic",)
"""The score itself says a change: what matters is a height reached ("+2 or more"), not a distance from the first score."""

BANDS: Mapping[str, list[list[object]]] = {
    "ndi": [[0, 4, "none"], [5, 14, "mild"], [15, 24, "moderate"], [25, 34, "severe"], [35, 50, "complete"]],
}
"""What a score is called, from the measure's own scoring line (ndi)."""
