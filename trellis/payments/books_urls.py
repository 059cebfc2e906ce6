"""Addresses of the open books, under /contracts/."""

from django.urls import path

from trellis.payments.views import books, books_files

RETURN = "<slug:reference>/books/<slug:quarter>/<slug:organisation>/"
urlpatterns = [
    path("<slug:reference>/books/", books.books, name="books"),
    path("<slug:reference>/books/<slug:quarter>/", books.alliance_books, name="alliance_books"),
    path(RETURN, books.book_return, name="book_return"),
    path(f"{RETURN}versions/<int:version>/", books.return_version, name="return_version"),
    path(f"{RETURN}open/", books.open_return, name="open_return"),
    path(f"{RETURN}costs/", books.enter_costs, name="enter_costs"),
    path(f"{RETURN}import/", books_files.import_costs, name="import_costs"),
    path(f"{RETURN}lines/<int:number>/drop/", books.drop_line, name="drop_line"),
    path(f"{RETURN}files/", books_files.add_file, name="add_file"),
    path(f"{RETURN}files/<int:number>/", books_files.return_file, name="return_file"),
    path(f"{RETURN}files/<int:number>/drop/", books_files.drop_file, name="drop_file"),
    path(f"{RETURN}submit/", books.submit_return, name="submit_return"),
    path(f"{RETURN}accept/", books.accept_return, name="accept_return"),
    path(f"{RETURN}correct/", books.correct_return, name="correct_return"),
    path(f"{RETURN}ask/", books.ask_about_return, name="ask_about_return"),
    path(f"{RETURN}queries/<int:number>/", books.answer_query, name="answer_query"),
]
