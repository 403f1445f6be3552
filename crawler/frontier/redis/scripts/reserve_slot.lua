-- Reserves the next turn of a host and its site for a fetch outside the queue. Whoever asks sleeps until
-- then; the queue's clock has moved on, so both take turns.
-- ARGV: portal, host, site, the longest wait (ms). Answers the wait in ms, negative where it is too long
-- (and then nothing was reserved).
local p, h, s = portal(ARGV[1]), host(ARGV[2]), site(ARGV[3])
local at = math.max(now, free_at(p, h, s))
local wait = at - now
if wait > tonumber(ARGV[4]) then
  return { string.format('%.3f', now), string.format('%.0f', -math.ceil(wait)) }
end
tick(p, h, s, at)
save_clocks()
return { string.format('%.3f', now), string.format('%.0f', math.ceil(wait)) }
