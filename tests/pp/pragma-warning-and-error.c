// exit: 1
// err~: warning: careful
// err~: error: stop
// out: after
#pragma GCC warning "careful"
#pragma GCC error "stop"
after
