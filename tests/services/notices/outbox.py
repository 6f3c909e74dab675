"""A mailer that keeps what it is given."""

from integrations.mail import Mail


class Outbox:
    def __init__(self) -> None:
        self.mails: list[Mail] = []

    def send(self, mail: Mail) -> None:
        self.mails.append(mail)
