"""The addresses at which a person is erased."""

from atleast.web.house.rights import Right
from atleast.web.pages import case_path

from .views import erasing, forget, planned

_BOTH = ("GET", "POST")
urlpatterns = [
    case_path("forget/<str:mention>/", forget, "forget", may=Right.FORGET, audited="saw a person"),
    case_path("forget/plan/<int:job>/", planned, "forget-plan", may=Right.FORGET, methods=_BOTH),
    case_path("forget/job/<int:job>/", erasing, "erasing", may=Right.FORGET, methods=_BOTH),
]
