"""Settings by topic; each module says what it decides and reads the environment through ``env``."""

from .accounts import *  # noqa: F403  (settings are star-imported by design)
from .cms import *  # noqa: F403
from .core import *  # noqa: F403
from .database import *  # noqa: F403
from .i18n import *  # noqa: F403
from .logs import *  # noqa: F403
from .mail import *  # noqa: F403
from .queue import *  # noqa: F403
from .security import *  # noqa: F403
from .storage import *  # noqa: F403
