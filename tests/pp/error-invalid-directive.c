// exit: 1
// err~: invalid preprocessing directive #foo
// out: after
#foo bar
#"x"
#
# /* null */
after
