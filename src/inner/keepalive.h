// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

namespace qproxysql {

/// Enables TCP keep-alive: three probes, every 5 s after 15 s without traffic. The kernel closes a
/// connection that a firewall has dropped, or whose host is gone, after 30 s, and healthy
/// connections stay in the tables of firewalls. Does nothing for a Unix socket, for -1, and on
/// systems without these settings.
void keepAlive(int descriptor);

} // namespace qproxysql
