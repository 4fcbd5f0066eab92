#ifdef SET
#undef SET
#define SET 2
#endif
#define FROM_HEADER 3
