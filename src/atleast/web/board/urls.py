"""Addresses of this room."""

from atleast.web.house.rights import Right
from atleast.web.pages import case_path

from . import views

urlpatterns = [case_path("", views.board, "board", may=Right.SEE_BOARD)]
