// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "docs/document.h"

namespace qproxysql::docs {

/// Where a link of \a document leads within the project: a path from its root. Empty: an address elsewhere.
QString targetPath(const Document &document, const Document::Link &link);

/// What is wrong with the link, a sentence; empty: nothing. Addresses elsewhere are not tried.
QString faultOfLink(const Document &document, const Document::Link &link);

} // namespace qproxysql::docs
