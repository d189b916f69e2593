"""The site's addresses: those of the review room."""

from django.urls import include, path

urlpatterns = [path("", include("nijar_nlp.review.urls"))]

handler403 = "nijar_nlp.review.views.accounts.refused"
handler404 = "nijar_nlp.review.views.accounts.not_found"
handler500 = "nijar_nlp.review.views.accounts.failed"
