-- The heartbeat: puts off the deadlines of what a worker still holds, and answers with what it lost.
-- ARGV[1] msgpack: {worker, {entry, token, …}, lease_ms}
local a = cmsgpack.unpack(ARGV[1])
local worker, leases = a[1], a[2]
local lost = {}
-- Before Redis 7 a full server refuses ZADD unless the script has written something already.
call('HDEL', P .. 'held', '')
for i = 1, #leases, 2 do
  local entry = leases[i]
  if held_slot(worker, entry, leases[i + 1]) then
    call('ZADD', P .. 'leases:' .. Q.portal_of(entry), 'XX', now + a[3], entry)
  else
    lost[#lost + 1] = entry
  end
end
call('ZADD', P .. 'workers', now, worker)
call('ZREMRANGEBYSCORE', P .. 'workers', '-inf', now - 600000)
call('ZREMRANGEBYSCORE', P .. 'workers', now + 600000, '+inf')
call('PEXPIRE', P .. 'worker:' .. worker, 3600000)
return { string.format('%.3f', now), call('GET', P .. 'epoch') or '0', lost }
