-- Which numbers a set of marks does not have. ARGV[1] msgpack: {set, {spread, number, …}}
-- Answers the positions (from 0) of those that are new to it.
local a = cmsgpack.unpack(ARGV[1])
local m = M.open(a[1])
local missing = {}
for i = 1, #a[2], 2 do
  if not M.find(m, a[2][i], a[2][i + 1]) then
    missing[#missing + 1] = (i - 1) / 2
  end
end
return missing
