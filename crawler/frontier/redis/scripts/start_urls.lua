-- Moves entries of a scrapy-redis start-URL key (KEYS[2]: list, set or sorted set) into the frontier, one by
-- one: what another worker took in the meantime is not queued twice.
-- ARGV[1] msgpack: {op or false, …}; false refuses the entry. ARGV[2…]: the entries as they stand there, which
-- may be any bytes. Answers {moved, refused}.
local moved, refused = 0, 0
local kind = call('TYPE', KEYS[2]).ok
local entries = cmsgpack.unpack(ARGV[1])
sequence = call('INCRBY', P .. 'sequence', #entries) - #entries
for i, op in ipairs(entries) do
  local raw = ARGV[i + 1]
  local gone
  if kind == 'list' then
    gone = call('LREM', KEYS[2], 1, raw)
  elseif kind == 'set' then
    gone = call('SREM', KEYS[2], raw)
  elseif kind == 'zset' then
    gone = call('ZREM', KEYS[2], raw)
  else
    gone = 0
  end
  if gone == 1 then
    if op then
      apply('', op)
      moved = moved + 1
    else
      refused = refused + 1
    end
  end
end
if refused > 0 then
  call('HINCRBY', P .. 'counters', 'refused', refused)
end
M.save()
count_queued()
return { moved, refused }
