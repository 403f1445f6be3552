-- Marks articles of a portal as seen, without queueing them.
-- ARGV[1] msgpack: {portal, {spread, number, …}, seen_ms}. Answers how many were new.
local a = cmsgpack.unpack(ARGV[1])
call('INCR', P .. 'sequence')
call('SADD', P .. 'names', a[1])
local m = M.open('seen:' .. a[1], a[3])
local new = 0
for i = 1, #a[2], 2 do
  if M.add(m, a[2][i], a[2][i + 1]) then
    new = new + 1
  end
end
M.save()
return new
