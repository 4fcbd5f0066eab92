// out: u0 u1 2 u3
#define cat_(a, b) a##b
#define cat(a, b) cat_(a, b)
#define uniq cat(u, __COUNTER__)
uniq uniq __COUNTER__ uniq
