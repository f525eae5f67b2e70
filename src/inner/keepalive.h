// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

namespace qproxysql {

/// Has the kernel ask the other side of an idle TCP connection for a sign of life after 15 s, every 5 s,
/// three times: one that a firewall has forgotten, or whose host has vanished, is closed after 30 s, and
/// one that is well stays in the firewalls' memory. Does nothing for a Unix socket, -1, and where the
/// system has no such settings.
void keepAlive(int descriptor);

} // namespace qproxysql
