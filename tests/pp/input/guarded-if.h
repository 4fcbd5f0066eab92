#if !defined(GUARDED_IF_H)
#define GUARDED_IF_H
guarded-if
#endif