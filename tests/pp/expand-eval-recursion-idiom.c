// out: 0 1 2 3
#define EMPTY()
#define DEFER(id) id EMPTY()
#define OBSTRUCT(...) __VA_ARGS__ DEFER(EMPTY)()
#define EVAL(...)  EVAL1(EVAL1(EVAL1(__VA_ARGS__)))
#define EVAL1(...) EVAL2(EVAL2(EVAL2(__VA_ARGS__)))
#define EVAL2(...) __VA_ARGS__
#define CAT(a, ...) a ## __VA_ARGS__
#define IIF(c) CAT(IIF_, c)
#define IIF_0(t, ...) __VA_ARGS__
#define IIF_1(t, ...) t
#define DEC(x) CAT(DEC_, x)
#define DEC_0 0
#define DEC_1 0
#define DEC_2 1
#define DEC_3 2
#define DEC_4 3
#define BOOL(x) CAT(BOOL_, x)
#define BOOL_0 0
#define BOOL_1 1
#define BOOL_2 1
#define BOOL_3 1
#define BOOL_4 1
#define EAT(...)
#define XPAND(...) __VA_ARGS__
#define WHEN(c) IIF(BOOL(c))(XPAND, EAT)
#define REPEAT(count, macro, ...) \
    WHEN(count) (OBSTRUCT(REPEAT_INDIRECT) () (DEC(count), macro, __VA_ARGS__) \
        OBSTRUCT(macro) (DEC(count), __VA_ARGS__))
#define REPEAT_INDIRECT() REPEAT
#define M(i, _) i
EVAL(REPEAT(4, M, ~))
