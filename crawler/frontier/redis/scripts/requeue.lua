-- Puts the dead of a portal back, with all their tries. ARGV: portal, how many at most. Answers how many.
local name = ARGV[1]
call('INCR', P .. 'sequence')
local page = call('HSCAN', P .. 'dead:' .. name, 0, 'COUNT', ARGV[2])[2]
for i = 1, #page, 2 do
  local entry, value = page[i], page[i + 1]
  local slot, score = Q.read(value)
  if score and call('HSETNX', P .. 'requests', entry, value) == 1 then
    Q.add(name, slot, entry, score)
  end
  call('HDEL', P .. 'dead:' .. name, entry)
  call('HDEL', P .. 'why', entry)
  call('SREM', P .. 'unreported', entry)
end
return #page / 2
