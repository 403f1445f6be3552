-- One round trip of a worker: its outbox in order, then a lease.
-- ARGV[1] msgpack: {worker, batch, ops, lease or false, seen_ms}
-- Refused as a whole by a Redis that is out of memory: nothing of it is done.
local a = cmsgpack.unpack(ARGV[1])
local worker, batch, ops = a[1], a[2], a[3]
SEEN_MS = a[5]
local own = P .. 'worker:' .. worker
local again = 0

-- The first write, and one that a full Redis refuses (before 7 it looks at each command, until one has written).
sequence = call('INCRBY', P .. 'sequence', #ops) - #ops
if #ops > 0 then
  if batch > 0 and num(call('HGET', own, 'batch')) >= batch then
    again = 1 -- its reply was lost; all of it was done
  else
    if batch > 0 then
      call('HSET', own, 'batch', batch)
      call('PEXPIRE', own, 3600000)
    end
    for _, op in ipairs(ops) do
      apply(worker, op)
    end
  end
end

local leased = { {}, '', 0, 0 }
if a[4] then
  leased = lease(a[4])
end
M.save()
save_clocks()
count_queued()
return {
  string.format('%.3f', now), call('GET', P .. 'epoch') or '0', again, pushed, seen_before,
  settled.ack, settled.nack, settled.dead, fenced, leased, crowded, host_events, call('GET', P .. 'birth') or '',
}
