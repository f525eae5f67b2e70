// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/helpdialog.h"

#include "window/dialogparts.h"
#include "window/helpbrowser.h"
#include "window/legend.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtGui/QScreen>
#include <QtWidgets/QMainWindow>
#include <QtWidgets/QMessageBox>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr QSize HelpSize(760, 560);

const auto LegendName = u"legend"_s;
const auto GuideName = u"guide"_s;

/// Where the guide is, or should be. The folder may have been moved as a whole.
QString guidePath()
{
    const auto configured = QStringLiteral(QPROXYSQL_DOCS "/operators.md");
    const QString moved = QDir::cleanPath(QCoreApplication::applicationDirPath()
                                          + QStringLiteral("/../" QPROXYSQL_RELATIVE_DOCS "/")
                                          + QFileInfo(configured).fileName());
    return QFileInfo::exists(moved) ? moved : configured;
}

} // namespace

HelpDialog::HelpDialog(const QString &name, const QString &title, QMainWindow *window)
    : QDialog(window)
    , m_browser(new HelpBrowser(this))
{
    setObjectName(name);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    setAccessibleName(title);
    m_browser->setObjectName(name + u"Text"_s);
    m_browser->setAccessibleName(title);
    auto *const box = new QDialogButtonBox(this);
    if (name == GuideName) {
        QPushButton *const back = DialogParts::addButton(box, tr("&Back"),
                                                         QDialogButtonBox::ActionRole, u"back"_s);
        back->setEnabled(false);
        connect(back, &QPushButton::clicked, m_browser, &QTextBrowser::backward);
        connect(m_browser, &QTextBrowser::backwardAvailable, back, &QWidget::setEnabled);
    }
    DialogParts::addButton(box, tr("&Close"), QDialogButtonBox::RejectRole);
    auto *const layout = new QVBoxLayout(this);
    layout->addWidget(m_browser);
    layout->addWidget(box);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    resize(HelpSize.boundedTo(window->screen()->availableSize() * 0.9));
}

HelpDialog *HelpDialog::find(const QString &name, const QMainWindow *window)
{
    return window->findChild<HelpDialog *>(name);
}

void HelpDialog::bringToFront()
{
    show();
    raise();
    activateWindow();
}

void HelpDialog::showLegend(QMainWindow *window, Part part)
{
    HelpDialog *dialog = find(LegendName, window);
    if (!dialog)
        dialog = new HelpDialog(LegendName, tr("Legend and Keys"), window);
    Legend::fill(dialog->m_browser->document(), *window);
    dialog->bringToFront();
    dialog->m_browser->scrollToAnchor(part == Part::Keys ? Legend::keysAnchor()
                                                         : Legend::glyphsAnchor());
}

void HelpDialog::showGuide(QMainWindow *window, const QString &path)
{
    const QString wanted = path.isEmpty() ? guidePath() : path;
    if (!QFileInfo::exists(wanted)) {
        auto *const box = new QMessageBox(window);
        box->setObjectName(u"noGuide"_s);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->setTextFormat(Qt::PlainText);
        box->setWindowTitle(tr("Operator's Guide"));
        box->setText(tr("The operator's guide is not installed."));
        box->setInformativeText(tr("There is no %1. The guide is in the folder docs of QPROXYSQL's "
                                   "sources; Debian's package qproxysql-doc installs it.")
                                        .arg(wanted));
        box->setStandardButtons(QMessageBox::Close);
        box->open();
        return;
    }
    HelpDialog *dialog = find(GuideName, window);
    if (!dialog)
        dialog = new HelpDialog(GuideName, tr("Operator's Guide"), window);
    dialog->bringToFront(); // pictures are scaled to the width that it has then
    dialog->m_browser->setSource(QUrl::fromLocalFile(wanted));
}

} // namespace qproxysql
