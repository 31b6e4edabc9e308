"""What a paper flyer (チラシ) says, proposed field by field for a person to accept or mend."""

from portal.flyer.candidates import BookingTerms, Candidate, Cost, Remark, Spot
from portal.flyer.lines import Box, Line
from portal.flyer.proposing import Proposals, propose

__all__ = ["BookingTerms", "Box", "Candidate", "Cost", "Line", "Proposals", "Remark", "Spot", "propose"]
