"""The address at which a person is erased."""

from atleast.web.house.rights import Right
from atleast.web.pages import case_path

from .views import forget

urlpatterns = [
    case_path(
        "forget/<str:mention>/", forget, "forget", may=Right.FORGET, methods=("GET", "POST"), audited="saw a person"
    ),
]
