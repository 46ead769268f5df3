"""``send``: reports and the overview by mail, each letter at most once."""

from jxreport.batch.mail.send import Outcome, Sent, State, Wishes, send

__all__ = ["Outcome", "Sent", "State", "Wishes", "send"]
