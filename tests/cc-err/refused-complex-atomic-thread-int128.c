// exit: 1
_Complex double a;
_Atomic int b;
_Thread_local int c;
__thread int d;
__int128 e = {1};
_Atomic(int) g;
int ok;
