"""Decided for this program, in no source file: read by `make_reference.py`.

Each list says where it comes from; source keys are those of `resources/reference/sources.json`.
"""

from __future__ import annotations

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
