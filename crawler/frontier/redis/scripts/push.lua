-- New entries, each with the mark that keeps it from being queued twice.
--
-- mode A: once for ever (articles: `seen`), and not while it is `skipped`, as of a day that nobody asked for; R: once a run (lists and all that is visited again: `visited`);
-- F: whatever the marks say (a redirect to its own id, dont_filter); G: the same for an article, which counts
-- as seen from now on. The id of an F or G entry that is leased right now gets a `~`, so that the hop never
-- collides with the lease of its parent.
local SEEN_MS = 0 -- how long an article is remembered; 0 is for ever
local pushed, seen_before = 0, 0
local sequence
local queued = {}

local REQUESTS = P .. 'requests'

local function push(mode, name, id, spread, number, slot, rank, payload)
  local entry = Q.entry(name, id)
  if mode == 'F' or mode == 'G' then
    if mode == 'G' then
      M.add(M.open('seen:' .. name, SEEN_MS), spread, number)
    end
    while call('HEXISTS', P .. 'requests', entry) == 1 do
      if not call('ZSCORE', P .. 'leases:' .. name, entry) then
        seen_before = seen_before + 1
        return
      end
      entry = entry .. '~'
    end
  else
    local m
    if mode == 'A' then
      m = M.open('seen:' .. name, SEEN_MS)
      if M.find(M.open('skipped:' .. name), spread, number) then
        seen_before = seen_before + 1
        return
      end
    else
      m = M.open('visited:' .. name)
    end
    if not M.add(m, spread, number) then
      seen_before = seen_before + 1
      return
    end
  end
  if mode == 'R' and call('HDEL', P .. 'dead:' .. name, entry) == 1 then
    -- a list that failed in a former run has all its tries again
    call('HDEL', P .. 'why', entry)
    call('SREM', P .. 'unreported', entry)
  end
  sequence = sequence + 1
  local score = string.format('%.0f', rank * 1e12 + sequence)
  if call('HSETNX', REQUESTS, entry, slot .. '\t' .. score .. '\t' .. payload) == 0 then
    seen_before = seen_before + 1
    return
  end
  Q.add(name, slot, entry, score)
  pushed = pushed + 1
  queued[name] = num(queued[name]) + 1
end

local function count_queued()
  for name, n in pairs(queued) do
    call('HINCRBY', P .. 'portal:' .. name, 'queued', n)
    call('SADD', P .. 'names', name)
  end
end
