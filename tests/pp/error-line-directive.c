// exit: 1
// err~: "foo" after #line is not a positive integer
// err~: "foo" is not a valid filename
// out: after
#line foo
#line
#line 10 foo
after
