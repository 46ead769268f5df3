"""``send``: reports and the overview by mail, each letter at most once.

Flow: ``material`` says which reports stand in the output folder and which are fit to leave the house →
``letter`` makes a MIME message whose Message-ID depends on nothing but its content → ``journal`` writes that it is
about to go → ``server`` sends it over verified encryption → ``journal`` writes that it went. ``send`` conducts.

Why: exactly once cannot be had over SMTP. A letter that broke off on its way is told as 未确定 and goes
again only on request; nobody gets a report twice, and nothing is left out in silence. Recipients come from the
settings alone, passwords from the environment or a file, and neither is ever shown.
"""

from jxreport.batch.mail.send import Outcome, Sent, State, Wishes, send

__all__ = ["Outcome", "Sent", "State", "Wishes", "send"]
