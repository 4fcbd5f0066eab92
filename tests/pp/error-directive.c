// exit: 1
// err~: #error this is wrong: it's
// out: before
// out: after
before
#error   this is   wrong: it's
after
