// err~: warning: #warning mind "this" [-Wcpp]
// out: after
#warning mind "this"
after
