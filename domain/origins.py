"""Where role profiles come from, and what their owners want to be said where they are used."""

from enum import StrEnum


class Origin(StrEnum):
    """Whose words a role profile is written in."""

    COMPANY = "company"
    ESCO = "esco"
    ONET = "onet"


ACKNOWLEDGEMENTS = {
    Origin.ESCO: "This service uses the ESCO classification of the European Commission.",
    Origin.ONET: (
        "This service includes information from the O*NET Database by the U.S. Department of Labor, Employment and "
        "Training Administration (USDOL/ETA), used under the CC BY 4.0 license. O*NET® is a trademark of USDOL/ETA. "
        "Halfhour has modified this information: levels are scaled to 1 to 4. USDOL/ETA has not approved, endorsed, "
        "or tested these modifications."
    ),
}
"""The wording is the owners' own, so it stays in English. Source: esco.ec.europa.eu and onetcenter.org, licences."""
