-- The settlements at the head of an outbox, for a Redis that is out of memory: they free some.
-- ARGV[1] msgpack: {worker, ops}
local a = cmsgpack.unpack(ARGV[1])
for _, op in ipairs(a[2]) do
  apply(a[1], op)
end
save_clocks()
return { string.format('%.3f', now), settled.ack, settled.nack, settled.dead, fenced }
