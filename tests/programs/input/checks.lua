-- Checks of the lua that idem built: arithmetic, strings, tables, closures, coroutines, errors (longjmp), collection.
local n = 0
local function eq(a, b, what)
    n = n + 1
    if a ~= b then error(string.format("check %d (%s): %s is not %s", n, what or "", tostring(a), tostring(b)), 2) end
end
eq(7 // 2, 3) eq(-7 // 2, -4) eq(-7 % 3, 2) eq(7.5 // 2, 3.0) eq(2 ^ 10, 1024.0) eq(1 << 62, 4611686018427387904) eq(-1 >> 60, 15)
eq(5 & 3 | 8 ~ 1, 9) eq(math.maxinteger + 1, math.mininteger) eq(math.mininteger // -1, math.mininteger) eq(10 / 4, 2.5)
eq(string.format("%d %5.2f %x %q %s %g %a", 42, 3.14159, 255, 'a"b', true, 1e100, 1.0), '42  3.14 ff "a\\"b" true 1e+100 0x1p+0')
eq(tostring(0.1 + 0.2), "0.3") eq(tostring(1e15), "1e+15") eq(tostring(2^53), "9.007199254741e+15") eq(0.1 + 0.2 == 0.3, false)
eq(tonumber("0x1p4"), 16.0) eq(tonumber("  12  "), 12) eq(tonumber("1e1"), 10.0) eq(tonumber("z", 36), 35) eq(tonumber("abc"), nil)
eq(math.type(1), "integer") eq(math.type(1.0), "float") eq(math.floor(-3.5), -4) eq(math.ceil(-3.5), -3) eq(math.fmod(-7, 3), -1)
eq(math.ult(1, -1), true) eq(math.tointeger(3.0), 3) eq(0/0 ~= 0/0, true) eq(1/0 > math.maxinteger, true) eq(-0.0 == 0.0, true) eq(1 / -0.0, -math.huge)
eq(("hello"):upper():rep(2, "-"), "HELLO-HELLO") eq(("a,b,,c"):gsub(",", ";"), "a;b;;c") eq(("key = value"):match("(%w+)%s*=%s*(%w+)"), "key")
eq(#("x"):rep(100000), 100000) eq(("abc"):byte(-1), 99) eq(string.pack("<i4 d z", 7, 1.5, "hi"):len(), 15) eq(select("#", string.unpack("<i4", "\1\2\3\4")), 2)
eq(utf8.char(8364, 128512), "€😀") eq(utf8.len("größe"), 5) eq(("%bxy"):find("%%b"), 1) eq(("THE (quick) fox"):find("%((%a+)%)"), 5)
local t = {}
for i = 1, 1000 do t[i] = (i * 7919) % 1009 end
table.sort(t)
for i = 2, 1000 do if t[i - 1] > t[i] then error("not sorted") end end
table.sort(t, function(a, b) return a > b end)
eq(t[1] >= t[2], true) eq(table.concat({ 1, 2, 3 }, "+"), "1+2+3") eq(#table.pack(table.unpack(t, 1, 200)), 200)
local function fib(k) return k < 2 and k or fib(k - 1) + fib(k - 2) end
eq(fib(22), 17711)
local fs = {}
for i = 1, 5 do fs[i] = function() i = i + 1 return i end end
fs[1]() eq(fs[1](), 3) eq(fs[2](), 3)
local co = coroutine.wrap(function(a) for i = 1, 3 do a = a + coroutine.yield(a * i) end return "end" end)
eq(co(1), 1) eq(co(2), 6) eq(co(3), 18) eq(co(4), "end")
local ok, msg = pcall(function() local x = nil; return x.field end)
eq(ok, false) eq(msg:find("attempt to index") ~= nil, true)
eq(select(2, pcall(error, { code = 5 })).code, 5)
eq(select(2, xpcall(function() error("deep", 0) end, function(m) return m .. "er" end)), "deeper")
local function overflow() return 1 + overflow() end
eq(pcall(overflow), false)
eq(pcall(string.rep, "x", 1 << 50), false)
local mt = setmetatable({}, { __index = function(_, k) return k .. "!" end, __add = function(a, b) return 99 end, __close = function() n = n + 1 end, __call = function(_, v) return v * 2 end })
eq(mt.key, "key!") eq(mt + 1, 99) eq(mt(21), 42)
do local before = n; do local c <close> = mt end eq(n, before + 1) end
for _ = 1, 20 do local junk = {} for i = 1, 2000 do junk[i] = { i, tostring(i) } end end
collectgarbage() collectgarbage("generational") collectgarbage("incremental")
local weak = setmetatable({}, { __mode = "k" })
weak[{}] = 1 collectgarbage() eq(next(weak), nil)
eq(load("return ...")(7), 7) eq(load("x ="), nil) eq(#string.dump(fib) > 20, true) eq(load(string.dump(function() return 5 end))(), 5)
local s = 0
for k, v in pairs({ a = 1, b = 2, c = 3, 10, 20 }) do s = s + v end
eq(s, 36)
goto done
error("skipped")
::done::
do local r = {} for w in ("one two three"):gmatch("%a+") do r[#r + 1] = w end eq(r[3], "three") end
eq(os.time({ year = 2000, month = 1, day = 1, hour = 12 }) > 0, true) eq(type(os.clock()), "number")
print(n .. " checks")
