"""When: `expressions` finds runs of typed words (`lexer`), which `calendar`, `relative` and `lengths` read as TIMEX3
`values` beside the article's clock; `dating` gives an article its own date, `eventtimes` a statement its own."""
