"""Can the board feed its nodes? Every part of the way, volts at every plug, and what cures it."""

from pcb.budget.cure import Cure
from pcb.budget.record import Budget, CaseSums, NodeRow, PartRow, RailRow, budget

__all__ = ["Budget", "CaseSums", "Cure", "NodeRow", "PartRow", "RailRow", "budget"]
