// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "pool/peerstate.h"

#include "moc_peerstate.cpp"
