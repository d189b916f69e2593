"""A few facts into a message to whoever looks after the machine: by webhook, by e-mail."""

import http.client
import json
import smtplib
import urllib.request
from collections.abc import Mapping
from email.message import EmailMessage
from typing import Any

_SECONDS = 10.0


def send(subject: str, facts: Mapping[str, Any], *, webhook: str, email: str, smtp: str) -> list[str]:
    """Tell the webhook and the address, where they are set; what could not be delivered, by kind of error.

    `facts` are counts, stages and kinds of error, never text of a document.
    """
    undelivered = []
    if webhook:
        try:
            _post(webhook, {"subject": subject, **facts})
        except (OSError, ValueError, http.client.HTTPException) as error:
            undelivered.append(f"webhook: {type(error).__name__}")
    if email:
        try:
            _mail(subject, facts, email, smtp)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            undelivered.append(f"e-mail: {type(error).__name__}")
    return undelivered


def _post(webhook: str, content: Mapping[str, Any]) -> None:
    request = urllib.request.Request(  # noqa: S310 - config.py allows http and https alone
        webhook, json.dumps(content).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=_SECONDS):  # noqa: S310
        pass


def _mail(subject: str, facts: Mapping[str, Any], address: str, smtp: str) -> None:
    message = EmailMessage()
    message["Subject"] = f"nijar: {subject}"
    message["From"] = message["To"] = address
    message.set_content("\n".join(f"{name}: {value}" for name, value in facts.items()) or subject)
    host, _, port = smtp.rpartition(":")
    with smtplib.SMTP(host, int(port), timeout=_SECONDS) as server:
        server.send_message(message)
