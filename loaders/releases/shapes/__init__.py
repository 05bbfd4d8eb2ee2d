"""The shapes in which published files come to people: titles somewhere at the top, workbooks, answers of servers, and
what is no table at all."""
