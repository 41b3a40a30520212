"""Addresses of this room. A call's name is random and tells nothing."""

from atleast.web.house.rights import Right
from atleast.web.pages import case_path

from . import views
from .signed_out import kept_first

_save = case_path("call/save/", views.save, "call-save", may=Right.TAKE_IN, methods=("POST",))
_save.callback = kept_first(_save.callback)

urlpatterns = [
    case_path("call/", views.call, "call", may=Right.TAKE_IN),
    _save,
    case_path("call/keys/", views.keys, "call-keys", may=Right.TAKE_IN),
    case_path("call/<str:call>/", views.call_open, "call-open", may=Right.TAKE_IN, audited="opened a call"),
    case_path("call/<str:call>/more/", views.more, "call-more", may=Right.TAKE_IN, methods=("POST",)),
]
