"""The embedded broker's door: passwords, and the same grants as `signage acl` gives to Mosquitto."""

from dataclasses import dataclass, field
from hmac import compare_digest

from amqtt.contexts import Action, BaseContext
from amqtt.plugins.base import BaseAuthPlugin, BaseTopicPlugin
from amqtt.session import Session

from signage.config.access import Grant


class PasswordPlugin(BaseAuthPlugin):  # type: ignore[misc]  # the library has no types
    """Lets in who has the right password."""

    def __init__(self, context: BaseContext) -> None:
        super().__init__(context)
        self._passwords: dict[str, str] = dict(self._get_config_option("passwords", {}))

    async def authenticate(self, *, session: Session) -> bool | None:
        wanted = self._passwords.get(session.username or "")
        given = session.password or ""
        return wanted is not None and compare_digest(wanted.encode(), given.encode())

    @dataclass
    class Config:
        passwords: dict[str, str] = field(default_factory=dict)


class GrantPlugin(BaseTopicPlugin):  # type: ignore[misc]  # the library has no types
    """What is not granted is refused. A retained message is checked when it is handed out as well."""

    def __init__(self, context: BaseContext) -> None:
        super().__init__(context)
        write = self._get_config_option("write", {})
        read = self._get_config_option("read", {})
        self._grants = {user: Grant(user, tuple(write[user]), tuple(read[user])) for user in write}

    async def topic_filtering(
        self, *, session: Session | None = None, topic: str | None = None, action: Action | None = None
    ) -> bool | None:
        grant = self._grants.get(session.username or "") if session is not None else None
        if grant is None or topic is None:
            return False
        return grant.may_write(topic) if action is Action.PUBLISH else grant.may_read(topic)

    @dataclass
    class Config:
        write: dict[str, list[str]] = field(default_factory=dict)
        read: dict[str, list[str]] = field(default_factory=dict)
