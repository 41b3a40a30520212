"""The desk as an ASGI application."""

import os
import warnings

from django.core.asgi import get_asgi_application

from atleast.web.limits import Bounded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "atleast.web.settings")

# Style sheets are small: that the server reads each of them whole is no harm.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

application = Bounded(get_asgi_application())
